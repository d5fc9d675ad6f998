import { run } from './cli.ts'

const status = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  env: process.env,
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
})
process.exitCode = status
