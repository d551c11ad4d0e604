import { nodeProperties } from './kafka-properties.js';

const nodes = [
  { broker: 20001, controller: 20011 },
  { broker: 20002, controller: 20012 },
  { broker: 20003, controller: 20013 },
];
const all = { listenOn: '127.0.0.1', data: '/tmp/a' };

const lines = (text: string) => text.trimEnd().split('\n');

describe('the properties of a node', () => {
  it('name every voter, and keep each message on all three and in sync on two', () =>
    expect(lines(nodeProperties({ ...all, id: 2, nodes }))).toEqual(
      expect.arrayContaining([
        'node.id=2',
        'controller.quorum.voters=1@127.0.0.1:20011,2@127.0.0.1:20012,3@127.0.0.1:20013',
        'listeners=PLAINTEXT://127.0.0.1:20002,CONTROLLER://127.0.0.1:20012',
        'default.replication.factor=3',
        'min.insync.replicas=2',
        'transaction.state.log.min.isr=2',
      ]),
    ));

  it('ask nothing of others where there are none', () =>
    expect(lines(nodeProperties({ ...all, id: 1, nodes: nodes.slice(0, 1) }))).toEqual(
      expect.arrayContaining(['offsets.topic.replication.factor=1', 'min.insync.replicas=1']),
    ));

  it('listen to outside callers in a container, and are called by one address in and out', () =>
    expect(lines(nodeProperties({ ...all, listenOn: '0.0.0.0', id: 1, nodes }))).toEqual(
      expect.arrayContaining([
        'listeners=PLAINTEXT://0.0.0.0:20001,CONTROLLER://127.0.0.1:20011',
        'advertised.listeners=PLAINTEXT://127.0.0.1:20001',
      ]),
    ));
});
