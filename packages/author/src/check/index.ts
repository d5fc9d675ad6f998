import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { allFolders, folderOf, readFolder } from '../folders.ts'
import { demoOrganisation, type Organisation } from '../organisation.ts'
import { planBody } from '../plan.ts'
import { option, wrong, type Given, type Status, type Subcommand } from '../subcommand.ts'
import { inspect } from './inspect.ts'
import { isWrong, tell } from './tell.ts'

export const check: Subcommand = {
  title: {
    zh: '检查活动定义及其计划：全部定义，或一个定义（编号或目录）',
    en: 'check definitions and their plans: all of them, or one by its id or folder',
  },
  usage: '[id|folder] [--start 2026-04-01] [--plan plan.json] [--organisation units.json] [--json]',
  about: {
    start: { zh: '启动日，默认取演示计划的', en: 'the start day; the demo plan’s when absent' },
    plan: {
      zh: '要检查的计划，格式同 POST /api/campaigns；默认为演示计划',
      en: 'a plan to check, the body of POST /api/campaigns; the demo plan when absent',
    },
    organisation: {
      zh: '计划所用的单位和人员 { units, people }；默认为演示组织',
      en: 'the units and people that the plan names, { units, people }; the demo’s when absent',
    },
    json: { zh: '输出 JSON', en: 'print JSON' },
  },
  options: {
    start: { type: 'string' },
    plan: { type: 'string' },
    organisation: { type: 'string' },
    json: { type: 'boolean' },
  },
  positionals: { least: 0, most: 1 },
  run: runCheck,
}

const organisationFile = z.object({
  units: z.array(
    z.object({
      id: z.string(),
      title: z.object({ zh: z.string(), en: z.string() }),
      parent: z.string().nullable(),
    }),
  ),
  people: z.array(z.object({ id: z.string(), unit: z.string() })),
})

async function runCheck(given: Given): Promise<Status> {
  const { io, locale, positionals } = given
  const [which] = positionals
  const folder = which === undefined ? undefined : folderOf(which, io.cwd)
  if (which !== undefined && folder === undefined) {
    return wrong(given, { zh: `没有定义“${which}”`, en: `there is no definition «${which}»` })
  }
  const startsOn = option(given, 'start')
  if (startsOn !== undefined && !z.iso.date().safeParse(startsOn).success) {
    return wrong(given, { zh: `“${startsOn}”不是日期`, en: `«${startsOn}» is not a day` })
  }
  const body = await fileOf(given, 'plan', planBody)
  const organisation = await fileOf(given, 'organisation', organisationFile)
  const unreadable = [body, organisation].find((one) => one !== undefined && 'problem' in one)
  if (unreadable && 'problem' in unreadable) {
    return wrong(given, { zh: unreadable.problem, en: unreadable.problem })
  }
  const known: Organisation = organisation && 'ok' in organisation ? organisation.ok : await demoOrganisation()
  const reports = []
  for (const one of folder === undefined ? allFolders() : [folder]) {
    reports.push(
      inspect(await readFolder(one), known, {
        ...(body && 'ok' in body && { body: body.ok }),
        ...(startsOn !== undefined && { startsOn }),
      }),
    )
  }
  io.out(
    given.values['json'] === true
      ? `${JSON.stringify(reports, null, 2)}\n`
      : reports.map((report) => tell(report, locale)).join('\n'),
  )
  return reports.some(isWrong) ? 1 : 0
}

/** The JSON file that an option names, by its schema. */
async function fileOf<T>(
  given: Given,
  name: string,
  schema: z.ZodType<T>,
): Promise<{ ok: T } | { problem: string } | undefined> {
  const file = option(given, name)
  if (file === undefined) return undefined
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(resolve(given.io.cwd, file), 'utf8')))
    return parsed.success ? { ok: parsed.data } : { problem: `${file}: ${z.prettifyError(parsed.error)}` }
  } catch (error) {
    return { problem: `${file}: ${error instanceof Error ? error.message : String(error)}` }
  }
}
