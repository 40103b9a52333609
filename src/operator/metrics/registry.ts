/** The registry of prom-client, which a backend without metrics need not have. */
import type { OpenMetricsContentType, Registry } from 'prom-client';
import { loadFor } from '../../config/needed-package.js';

/** Where Nest finds it. */
export const REGISTRY = Symbol('registry');

export type OpenRegistry = Registry<OpenMetricsContentType>;

export async function createRegistry(): Promise<OpenRegistry> {
  const { Registry } = await loadFor('MetricsModule', ['prom-client'], () => import('prom-client'));
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}
