import { traceparentOf } from './trace.js';

const GIVEN = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const FORM = /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/;

describe('the trace context of a request', () => {
  it('is the caller’s own', () => {
    expect(traceparentOf(GIVEN)).toBe(GIVEN);
  });

  it.each([
    ['none', undefined],
    ['two', [GIVEN, GIVEN]],
    ['nonsense', 'x'],
    ['all zeros', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'],
    ['capitals', GIVEN.toUpperCase()],
    ['another version', GIVEN.replace(/^00/, 'ff')],
  ])('is made where it is %s', (_what, header) => {
    const made = traceparentOf(header);
    expect(made).toMatch(FORM);
    expect(made).not.toBe(traceparentOf(header));
  });
});
