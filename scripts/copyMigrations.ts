// tsc emits JavaScript only; the frozen .sql files go beside it by hand.
import { cpSync } from 'node:fs'
import { join } from 'node:path'

const server = join(import.meta.dirname, '../packages/server')
cpSync(join(server, 'src/database/migrations'), join(server, 'dist/database/migrations'), {
  recursive: true,
})
