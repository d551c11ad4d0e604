import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, stringify } from 'yaml';
import { program } from '../../test/go-tools.js';
import { KUBERNETES_VERSION, writeSchemas } from '../../test/kubernetes-schemas.js';

const CHART = fileURLToPath(new URL('../../../../deploy/helm/shouwen', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'shouwen-chart-'));
const SERVICES = ['intake', 'dispatch', 'notifications', 'audit'];

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, unknown>;
}

interface Pod {
  readonly spec: {
    readonly containers: readonly {
      readonly args: readonly string[];
      readonly env: readonly { name: string }[] | null;
      readonly resources: { readonly requests: Record<string, string> };
      readonly readinessProbe: { readonly httpGet: { readonly path: string } };
      readonly securityContext: Record<string, unknown>;
    }[];
    readonly volumes: readonly { readonly name: string; readonly projected?: object }[];
    readonly securityContext: Record<string, unknown>;
  };
}

const LEAST = {
  image: { repository: 'registry.example/shouwen' },
  kafka: { brokers: 'kafka-0.kafka:9092,kafka-1.kafka:9092' },
  secrets: {
    masterKey: { name: 'shouwen', key: 'master-key' },
    mongoUrl: { name: 'shouwen', key: 'mongo-url' },
    adminPassword: { name: 'shouwen', key: 'admin-password' },
  },
};

const EVERYTHING = {
  image: { ...LEAST.image, tag: 'test', pullSecrets: [{ name: 'registry' }] },
  kafka: {
    ...LEAST.kafka,
    ...{ tls: true, certificates: { configMap: 'kafka-ca', key: 'ca.crt' } },
    ...{ user: 'shouwen', mechanism: 'scram-sha-256' },
  },
  secrets: {
    ...{ ...LEAST.secrets, kafkaPassword: { name: 'kafka', key: 'password' } },
    ...{ s3AccessKey: { name: 's3', key: 'access' }, s3SecretKey: { name: 's3', key: 'secret' } },
  },
  files: {
    in: 's3',
    s3: { endpoint: 'https://minio:9000', bucket: 'files', region: 'city', style: 'path' },
  },
  standards: { persistentVolumeClaim: { claimName: 'packs' } },
  defaults: {
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    nodeSelector: { disk: 'ssd' },
    environment: { SHOUWEN_DEBUG: '1' },
  },
  services: {
    intake: { scaling: { from: 2, to: 6, percent: 70 } },
    audit: { replicas: 3, resources: { requests: { cpu: '1' } } },
  },
  ingress: { enabled: true, host: 'shouwen.example', className: 'nginx', tlsSecret: 'tls' },
};

const helm = (command: string, values: object) => {
  const file = join(work, 'values.yaml');
  writeFileSync(file, stringify(values));
  const args = [...command.split(' '), '--values', file, '--kube-version', KUBERNETES_VERSION];
  return spawnSync(program('helm'), args, { encoding: 'utf8' });
};

function template(values: object): string {
  const { status, stdout, stderr } = helm(`template city ${CHART}`, values);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function rendered(values: object): readonly Manifest[] {
  return parseAllDocuments(template(values))
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}

const podOf = ({ spec }: Manifest) => spec['template'] as Pod;
const workloads = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
const named = (manifests: readonly Manifest[], kind: string, name: string) =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name)!;

beforeAll(() => {
  program('helm');
  program('kubeconform');
}, 900_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the Helm chart', () => {
  it.each([
    ['the least that can be given', LEAST],
    ['everything that can be given', EVERYTHING],
  ])('renders manifests that Kubernetes takes, with %s', (_what, values) => {
    const input = template(values);
    const manifests = rendered(values);
    const folder = join(work, 'schemas');
    mkdirSync(folder, { recursive: true });
    const kinds = new Set(manifests.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    const location = writeSchemas(kinds, folder);
    const args = ['-summary', '-output', 'json', '-schema-location', location, '-'];
    const { stdout } = spawnSync(program('kubeconform'), args, { input, encoding: 'utf8' });
    const { resources = [], summary } = JSON.parse(stdout) as {
      resources?: object[];
      summary: Record<string, number>;
    };
    expect(resources).toEqual([]);
    expect(summary).toEqual({ valid: manifests.length, invalid: 0, errors: 0, skipped: 0 });
  });

  it('is found wanting by the same check once a field is not one of Kubernetes', () => {
    const [first] = workloads(rendered(LEAST));
    const spoilt = { ...first!, spec: { ...first!.spec, replica: 2 } };
    const folder = join(work, 'schemas');
    mkdirSync(folder, { recursive: true });
    const location = writeSchemas(new Set([`${first!.apiVersion} ${first!.kind}`]), folder);
    const args = ['-schema-location', location, '-'];
    const { status, stdout } = spawnSync(program('kubeconform'), args, {
      ...{ input: stringify(spoilt), encoding: 'utf8' },
    });
    expect({ status, says: stdout }).toEqual({
      status: 1,
      says: expect.stringContaining('replica'),
    });
  });

  it('makes one workload of each service, with its address and a limit to what a drain takes away', () => {
    const manifests = rendered(LEAST);
    expect(
      workloads(manifests)
        .map((one) => podOf(one).spec.containers[0]!.args)
        .sort(),
    ).toEqual(SERVICES.map((service) => [service]).sort());
    for (const service of SERVICES) {
      expect(named(manifests, 'Service', `city-${service}`)).toBeDefined();
      expect(named(manifests, 'PodDisruptionBudget', `city-${service}`)).toBeDefined();
    }
    expect(named(manifests, 'StatefulSet', 'city-notifications').spec).toHaveProperty(
      'volumeClaimTemplates.0.spec.resources.requests.storage',
      '1Gi',
    );
  });

  it('runs as nobody in particular, changes nothing of the image, and asks for readiness', () => {
    for (const { spec } of workloads(rendered(EVERYTHING)).map(podOf)) {
      expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 10001 });
      const [container] = spec.containers;
      expect(container!.securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
      });
      expect(container!.readinessProbe.httpGet.path).toBe('/health/ready');
      expect(container!.resources.requests).toHaveProperty('cpu');
    }
  });

  it('refers to secrets and holds none, and lets dispatch alone see the first password', () => {
    const manifests = rendered(EVERYTHING);
    expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
    for (const workload of workloads(manifests)) {
      const { volumes } = podOf(workload).spec;
      const secrets = JSON.stringify(volumes.find(({ name }) => name === 'secrets'));
      expect(secrets).toContain('"name":"kafka"');
      expect(secrets.includes('admin-password')).toBe(workload.metadata.name === 'city-dispatch');
    }
  });

  it('keeps files in MongoDB, or in a bucket whose keys are referred to', () => {
    const settings = (values: object) =>
      (named(rendered(values), 'ConfigMap', 'city-settings') as { data?: object }).data;
    expect(settings(LEAST)).toMatchObject({ FILES: 'mongodb' });
    expect(settings(LEAST)).not.toHaveProperty('S3_BUCKET');
    expect(settings(EVERYTHING)).toMatchObject({
      ...{ FILES: 's3', S3_ENDPOINT: 'https://minio:9000', S3_BUCKET: 'files' },
      ...{ S3_PREFIX: 'shouwen', S3_REGION: 'city', S3_STYLE: 'path' },
      S3_ACCESS_KEY_FILE: '/run/secrets/shouwen/s3-access-key',
      S3_SECRET_KEY_FILE: '/run/secrets/shouwen/s3-secret-key',
    });
    for (const { spec } of workloads(rendered(EVERYTHING)).map(podOf)) {
      const secrets = JSON.stringify(spec.volumes.find(({ name }) => name === 'secrets'));
      expect(secrets).toContain('{"name":"s3","items":[{"key":"access","path":"s3-access-key"}]}');
      expect(secrets).toContain('{"name":"s3","items":[{"key":"secret","path":"s3-secret-key"}]}');
    }
  });

  it('scales each service by itself', () => {
    const manifests = rendered(EVERYTHING);
    expect(named(manifests, 'HorizontalPodAutoscaler', 'city-intake').spec).toMatchObject({
      ...{ minReplicas: 2, maxReplicas: 6 },
      scaleTargetRef: { kind: 'Deployment', name: 'city-intake' },
    });
    // Whoever scales sets the number; a chart that set it too would set it back with each upgrade.
    expect(named(manifests, 'Deployment', 'city-intake').spec).not.toHaveProperty('replicas');
    expect(named(manifests, 'Deployment', 'city-audit').spec['replicas']).toBe(3);
    expect(named(manifests, 'Deployment', 'city-dispatch').spec['replicas']).toBe(1);
  });

  it('sends each path to the service it begins with, and sign-in to dispatch', () => {
    const { rules } = named(rendered(EVERYTHING), 'Ingress', 'city').spec as {
      rules: { http: { paths: { path: string; backend: { service: { name: string } } }[] } }[];
    };
    const paths = rules[0]!.http.paths.map(({ path, backend }) => [path, backend.service.name]);
    expect(Object.fromEntries(paths)).toEqual({
      ...Object.fromEntries(SERVICES.map((service) => [`/${service}`, `city-${service}`])),
      '/auth': 'city-dispatch',
    });
  });

  it.each([
    ['no image', { ...LEAST, image: {} }, '/image/repository'],
    ['no brokers', { ...LEAST, kafka: {} }, '/kafka/brokers'],
    ['no secret', { ...LEAST, secrets: {} }, '/secrets/masterKey/name'],
    ['a misspelt setting', { ...LEAST, servces: {} }, 'servces'],
    ['a service that is none', { ...LEAST, services: { biling: {} } }, 'biling'],
    ['no bucket', { ...LEAST, files: { in: 's3' } }, '/files/s3/bucket'],
    ['S3 without keys', { ...LEAST, files: EVERYTHING.files }, 's3-access-key'],
    ['user without password', { ...LEAST, kafka: { ...LEAST.kafka, user: 'u' } }, 'kafka-password'],
  ])('is refused with %s', (_what, values, says) => {
    const { status, stderr } = helm(`template city ${CHART}`, values);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(says) });
  });

  it('passes the checks of Helm itself', () => {
    const file = join(work, 'lint.yaml');
    writeFileSync(file, stringify(EVERYTHING));
    const args = ['lint', '--strict', CHART, '--values', file];
    const said = execFileSync(program('helm'), [...args, '--kube-version', KUBERNETES_VERSION], {
      encoding: 'utf8',
    });
    expect(said).toContain('0 chart(s) failed');
  });
});
