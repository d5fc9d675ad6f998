import { run } from '../src/cli.ts'

export type Said = { status: number; out: string; err: string }

/** One call of the author's command, and what it said. */
export async function duban(
  argv: string[],
  { lang = 'zh_CN.UTF-8', cwd = process.cwd() }: { lang?: string; cwd?: string } = {},
): Promise<Said> {
  let [out, err] = ['', '']
  const status = await run(argv, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    env: { LANG: lang },
    cwd,
  })
  return { status, out, err }
}
