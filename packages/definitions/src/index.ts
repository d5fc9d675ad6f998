import type { Definition } from '@duban/engine'
import { legalHealthCheck } from './legal-health-check/v1.ts'

export { demoBureau, type DemoPerson, type DemoUnit } from './demo/bureau.ts'
export { checkItems, checkMethods } from './legal-health-check/v1/payloads.ts'
export { legalHealthCheck }

/** Every definition that a server offers. */
export const definitions: Definition[] = [legalHealthCheck]
