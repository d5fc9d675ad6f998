import { resolve } from 'node:path'
import { ConfigError, readConfig, type Config } from './config.ts'
import { EmbeddedError, startEmbedded } from './database/embedded/index.ts'
import { greeting } from './demo/greeting.ts'
import { DefinitionsChangedError } from './fingerprints.ts'
import { createLog } from './log.ts'
import { startServer } from './server.ts'

// The process: reads the environment, opens the database, serves, and leaves in good order.
async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel)
  const database = config.databaseUrl
    ? { url: config.databaseUrl, stop: async () => {} }
    : await startEmbedded({
        dataDir: resolve(config.dataDir),
        log: (message) => log.info(message),
        onLost: (error) => {
          log.fatal({ err: error }, 'the database of this server is gone')
          process.exit(1)
        },
      })
  const server = await startServer({ ...config, databaseUrl: database.url, log }).catch(async (error: unknown) => {
    await database.stop()
    throw error
  })
  const kept = config.databaseUrl ? 'the database of DATABASE_URL' : config.dataDir
  if (config.demo) process.stdout.write(greeting(server.url, kept))
  else log.info({ url: server.url }, 'listening')

  let leaving = false
  const leave = (signal: string): void => {
    // A second Ctrl-C means it.
    if (leaving) process.exit(1)
    leaving = true
    log.info({ signal }, 'closing')
    server
      .close()
      .then(() => database.stop())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log.fatal({ err: error }, 'could not close in good order')
        process.exit(1)
      })
  }
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
}

try {
  // eslint-disable-next-line no-restricted-properties -- the one place that reads the environment
  await main(readConfig(process.env, process.argv.slice(2)))
} catch (error) {
  const plain = [ConfigError, DefinitionsChangedError, EmbeddedError].some((kind) => error instanceof kind)
  process.stderr.write(`duban: ${plain ? (error as Error).message : String((error as Error).stack)}\n`)
  process.exit(1)
}
