// What the environment says about metrics and traces. Each mistake is one sentence that names the setting.
import { Refused } from '@shouwen/engine';
import type { Mistakes } from './mistakes.js';
import type { Environment } from './secrets.js';

export interface WatchSettings {
  /** Absent: nothing is counted. `port`: where they are shown to other machines too. */
  readonly metrics?: { readonly port?: number };
  /** Address of an OpenTelemetry collector that takes OTLP over HTTP; absent: nothing is traced. */
  readonly tracesTo?: string;
}

export function watchSettingsOf(env: Environment, mistakes: Mistakes): WatchSettings {
  const metrics = mistakes.of(() => metricsOf(env), undefined);
  const tracesTo = mistakes.of(() => collectorOf(env), undefined);
  return { ...(metrics ? { metrics } : {}), ...(tracesTo === undefined ? {} : { tracesTo }) };
}

function metricsOf(env: Environment): WatchSettings['metrics'] {
  const { METRICS: metrics = '', METRICS_PORT: text = '' } = env;
  if (!['', 'on', 'off'].includes(metrics))
    throw new Refused(`METRICS must be on or off; it is ${metrics}.`);
  if (metrics === 'off' && text)
    throw new Refused('METRICS_PORT needs METRICS, which is off; leave one of them out.');
  if (metrics === 'off') return undefined;
  return text ? { port: portOf(text, env) } : {};
}

function portOf(text: string, env: Environment): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535)
    throw new Refused(`METRICS_PORT must be a number from 1 to 65535; it is ${text}.`);
  if (text === (env['PORT'] || '3000'))
    throw new Refused(`METRICS_PORT must be another port than PORT; both are ${text}.`);
  return port;
}

function collectorOf({ OTEL_EXPORTER_OTLP_ENDPOINT: text }: Environment): string | undefined {
  if (!text) return undefined;
  if (!/^https?:\/\/[^\s?#]+$/.test(text))
    throw new Refused(
      `OTEL_EXPORTER_OTLP_ENDPOINT must be the address of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318; it is ${text}.`,
    );
  return text.replace(/\/+$/, '');
}
