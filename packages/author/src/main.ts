import { run } from './cli.ts'

const status = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  ...(process.stderr.isTTY && {
    // To the line's beginning, and clear it.
    progress: (line: string) => void process.stderr.write(`\r\u001B[K${line}`),
  }),
  onInterrupt: (interrupted) => {
    process.once('SIGINT', interrupted)
    return () => void process.off('SIGINT', interrupted)
  },
})
process.exitCode = status
