import { z } from 'zod'
import type { Choice, Count } from './options.ts'

const whole = z.int().min(0).max(1_000_000)

/** The payload of a ballot counted on the spot. What does not add up is refused, and says where. */
export function countOf<Option extends string>(options: {
  readonly [O in Option]: Choice
}): z.ZodType<Count<Option>> {
  const votes = z.strictObject(
    Object.fromEntries(
      (Object.entries(options) as [Option, Choice][]).map(([name, { title }]) => [
        name,
        whole.meta({ title: title.zh, titles: title }),
      ]),
    ),
  )
  return z
    .strictObject({
      eligible: whole.meta({ title: '应到' }),
      present: whole.meta({ title: '实到' }),
      issued: whole.meta({ title: '发出' }),
      returned: whole.meta({ title: '收回' }),
      valid: whole.meta({ title: '有效' }),
      invalid: whole.meta({ title: '无效' }),
      votes,
    })
    .superRefine((count, check) => {
      for (const { path, wrong, message } of rules) {
        if (wrong(count)) check.addIssue({ code: 'custom', path: [path], message })
      }
    }) as unknown as z.ZodType<Count<Option>>
}

const rules: { path: string; wrong: (count: Count) => boolean; message: string }[] = [
  {
    path: 'present',
    wrong: ({ present, eligible }) => present > eligible,
    message: '实到多于应到 / more are present than are eligible',
  },
  {
    path: 'issued',
    wrong: ({ issued, present }) => issued > present,
    message: '发出多于实到 / more papers were issued than people were present',
  },
  {
    path: 'returned',
    wrong: ({ returned, issued }) => returned > issued,
    message: '收回多于发出，应重新投票 / more papers came back than were issued: vote again',
  },
  {
    path: 'valid',
    wrong: ({ valid, invalid, returned }) => valid + invalid !== returned,
    message: '有效与无效之和应等于收回 / valid and invalid papers must add up to those returned',
  },
  {
    path: 'votes',
    wrong: ({ votes, valid }) => Object.values(votes).reduce((sum, n) => sum + n, 0) !== valid,
    message: '各项票数之和应等于有效票 / the votes must add up to the valid papers',
  },
]
