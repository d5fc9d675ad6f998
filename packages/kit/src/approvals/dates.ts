import type { DateSpec } from '@duban/engine'
import type { ApprovalsOptions } from './options.ts'
import { codeName } from './code.ts'
import { isJoint } from './steps.ts'

/** The times that count from a return, and from the moment on which a document comes to several bodies. */
export function datesOf(name: string, { title, mend, steps }: ApprovalsOptions): { [name: string]: DateSpec } {
  const remind = ['-1 workday']
  const joint = Object.entries(steps).flatMap(([step, one]) =>
    isJoint(one) && one.within !== undefined
      ? [
          [
            givenBy(name, step),
            {
              title: { zh: `${one.title.zh}期限`, en: `${one.title.en}: opinions due` },
              due: one.within,
              remind,
            },
          ] as const,
        ]
      : [],
  )
  return {
    ...(mend !== undefined && {
      [`${name}Mended`]: {
        title: { zh: `修改重报${title.zh}`, en: `${title.en}: submitted again` },
        due: mend,
        remind,
      },
    }),
    ...Object.fromEntries(joint),
  }
}

/** The date of the opinions of a joint step: `planJointGiven`. */
export function givenBy(name: string, step: string): string {
  return codeName(name, step, 'given')
}
