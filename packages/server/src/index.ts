export { startServer, type Server, type ServerOptions } from './server.ts'
export { readConfig, ConfigError } from './config.ts'
export { indexDefinitions } from './definitions.ts'
