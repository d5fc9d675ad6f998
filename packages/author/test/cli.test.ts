import t from 'tap'
import { subcommands } from '../src/cli.ts'
import { failed } from '../src/subcommand.ts'
import { duban } from './duban.ts'

void t.test('without a subcommand, and with --help, it says what there is', async (t) => {
  const said = await duban([])
  t.equal(said.status, 0)
  for (const name of Object.keys(subcommands)) t.match(said.out, `duban ${name} `)
  t.strictSame(await duban(['--help']), said)
  t.strictSame(await duban(['help']), said)
  t.match(await duban(['--lang', 'en', '--help']), {
    status: 0,
    out: /The guide is docs\/authoring\.md/u,
  })
  t.match(await duban([], { lang: 'C' }), { out: /The guide is/u }, 'English where nothing else is spoken')
})

void t.test('every subcommand explains itself and its options', async (t) => {
  for (const [name, { options, about }] of Object.entries(subcommands)) {
    const { status, out } = await duban([name, '--help'])
    t.equal(status, 0)
    t.match(out, `duban ${name} `)
    t.strictSame(Object.keys(about), Object.keys(options), `${name}: each option is explained`)
    for (const option of Object.keys(options)) t.match(out, `--${option}`)
  }
})

void t.test('what is not understood is said on standard error, with status 2', async (t) => {
  t.match(await duban(['conjure']), { status: 2, out: '', err: /没有子命令“conjure”，有：new/u })
  t.match(await duban(['constructor']), { status: 2, err: /没有子命令/u })
  t.match(await duban(['check', '--colour']), { status: 2, out: '', err: /--colour/u })
  t.match(await duban(['draw']), { status: 2, out: '', err: /用法：duban draw <id/u })
  t.match(await duban(['draw', 'a', 'b']), { status: 2, err: /用法/u })
  for (const name of ['check', 'draw', 'schedule']) {
    t.match(
      await duban([name, 'no-such-plan', '--lang', 'en']),
      { status: 2, out: '', err: 'duban: there is no definition «no-such-plan»\n' },
      name,
    )
  }
})

void t.test('a mistake of its own is told in a few lines, never in a bundle', (t) => {
  let said = ''
  const io = { out: () => undefined, err: (text: string) => void (said += text), env: {}, cwd: '' }
  const error = new Error(`no layout\n${'x'.repeat(600_000)}`)
  t.equal(failed({ io, locale: 'zh' }, 'draw', error), 2)
  t.match(said, /^duban: draw 自身出错，请报告：\nError: no layout\n/u)
  t.ok(said.length < 5000, `${said.length} characters`)
  t.end()
})
