export { startServer, type Server } from './server.ts'
export { readConfig, ConfigError } from './config.ts'
export { indexDefinitions } from './definitions.ts'
