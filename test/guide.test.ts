// The authors' guide, done as it is written, by a newcomer in a copy of the repository.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import t from 'tap'
import { copyOfRepository, startDemoIn } from '../packages/author/test/repository.ts'
import { root } from './demo.ts'
import { blocksOf, openShell } from './shell.ts'

/** The file that a block is to be put into, named in its first line. */
const named = /^(?:\/\/|<!--) (?<path>packages\/\S+)/u

void t.test('the guide takes a newcomer from a plan on paper to a running campaign', async (t) => {
  const copy = await copyOfRepository(t)
  // Without the loaders that tap has for its own tests; test files run one by one, without a database.
  const run = openShell(t, {})
  await run(`unset NODE_OPTIONS INIT_CWD; cd '${copy}'`)
  await writeFile(
    join(copy, 'run-tests.sh'),
    'for file in "$@"; do TAP_GREP="flood-supplies|shortage" node "$file" >run-tests.log || { grep -A30 "not ok" run-tests.log; exit 1; }; done\n',
  )
  const commands = new Map([
    ['npx --yes pnpm@12.21.0 duban', 'node packages/author/src/main.ts'],
    ['npx --yes pnpm@12.21.0 test', 'sh run-tests.sh'],
  ])
  let url = 'http://127.0.0.1:3000'
  const typed = (text: string): string =>
    [...commands, ['http://127.0.0.1:3000', url] as const].reduce((all, [from, to]) => all.replaceAll(from, to), text)

  const outputs: string[] = []
  for (const { language, text } of blocksOf(await readFile(join(root, 'docs/authoring.md'), 'utf8'))) {
    const path = named.exec(text)?.groups?.['path']
    if (path !== undefined) {
      await mkdir(dirname(join(copy, path)), { recursive: true })
      await writeFile(join(copy, path), text.slice(text.indexOf('\n') + 1).trimStart())
    }
    if (language === 'console' && text.includes(' start\n')) url = await startDemoIn(t, copy)
    if (language === 'sh') outputs.push(await run(typed(text)))
    // A block of text shows some of what the block above it prints.
    for (const line of language === 'text' ? text.trimEnd().split('\n') : []) {
      const printed = outputs.at(-1) ?? ''
      t.ok(printed.split('\n').includes(line), line, { printed })
    }
  }

  const all = outputs.join('\n')
  t.match(all, '20 finished', 'it is simulated')
  t.match(all, /\ncounted +Stock lists +2026-05-11 +Mon/u, 'the calendar that the guide shows')
  t.match(await readFile(join(copy, 'flood-supplies.svg'), 'utf8'), '防汛物资清查')
  const played = await run(`node examples/play.ts flood-supplies ${url}`)
  t.match(played, '总结 → 已结束')
  const check = await run('node_modules/.bin/oxfmt --check packages/definitions && echo formatted')
  t.match(check, 'formatted')
})
