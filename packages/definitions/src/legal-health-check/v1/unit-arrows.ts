// Arrows that several states of a unit share.
import { notify, open, tell } from '@duban/engine'
import type { Arrows } from './commands.ts'

const listed = [
  tell('parent', 'unit.accountable', 'context.exposed'),
  notify(['lead', 'office'], {
    zh: '{unit}漏报重大问题,列入追责名单',
    en: '{unit} had missed a major risk and is listed for accountability',
  }),
] as const

/** Of several arrows the first whose guard holds is taken: a missed major risk lists the unit. */
export const rechecked = (target: string): Arrows => ({
  'recheck.record': [
    { target, guard: 'foundMajor', actions: ['recordRecheck', 'exposeReport', ...listed] },
    { target, guard: 'judgesReport', actions: 'recordRecheck' },
  ],
})

/** Each line of the sheet becomes a finding. */
export const sheeted: Arrows = {
  'sheet.issue': {
    target: 'awaitingSpotCheck',
    guard: 'answersRisks',
    actions: ['recordSheet', open('finding', { each: 'payload.findings' })],
  },
}

/** Without a target the unit stays where its late re-check is. */
export const inspected = (target?: string): Arrows => {
  const to = target === undefined ? {} : { target }
  const actions = ['recordSpotCheck', open('finding', { each: 'payload.findings' })] as const
  return {
    'spotCheck.record': [
      { ...to, guard: 'inspectedMajor', actions: [...actions, 'exposeChecks', ...listed] },
      { ...to, guard: 'toBeInspected', actions },
    ],
  }
}

export const madeUp = (target?: string): Arrows => ({
  'report.makeUp': {
    ...(target !== undefined && { target }),
    guard: 'unreported',
    actions: 'recordLateReport',
  },
})
