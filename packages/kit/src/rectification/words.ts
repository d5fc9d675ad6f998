import type { Text } from '@duban/engine'
import { z } from 'zod'

const words = z.string().trim().min(1).max(2000)
const label = z.string().trim().min(1).max(200)
/** SHA-256 of attachments, as `POST /api/evidence` returns them. */
const evidence = z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(50)

const Reason = z.strictObject({ reason: words })

/** What must be said with each command. */
export const payloads = {
  plan: z.strictObject({ measures: words, responsible: label, finishOn: z.iso.date() }),
  rectify: z.strictObject({ result: words, evidence: evidence.optional() }),
  close: z.strictObject({ opinion: words }),
  return: Reason,
  carryOver: z.strictObject({ reason: words, until: z.iso.date() }),
  reopen: Reason,
}
export type Verb = keyof typeof payloads

/** The kit's own titles of commands, of states, and of the kind. */
export const defaults = {
  kind: { zh: '整改事项', en: 'Finding' },

  plan: { zh: '提出整改方案', en: 'Plan the rectification' },
  rectify: { zh: '报送整改结果', en: 'Submit the rectification' },
  close: { zh: '验收销号', en: 'Verify and close' },
  return: { zh: '退回整改', en: 'Return the rectification' },
  carryOver: { zh: '转入下一阶段整改', en: 'Carry over' },
  reopen: { zh: '回头看重新整改', en: 'Open again after looking back' },

  open: { zh: '待提整改方案', en: 'Awaiting a plan' },
  rectifying: { zh: '整改中', en: 'Being rectified' },
  submitted: { zh: '待验收', en: 'Awaiting verification' },
  returned: { zh: '退回再整改', en: 'Returned' },
  reopened: { zh: '回头看后重新整改', en: 'Opened again' },
  overdue: { zh: '整改逾期', en: 'Rectification overdue' },
  closed: { zh: '已销号', en: 'Closed' },
  settled: { zh: '已销号，回头看期满', en: 'Closed for good' },
  carriedOver: { zh: '转入下一阶段', en: 'Carried over' },

  // What the others stand in where the matter has a clock of its own, or can be extended.
  live: { zh: '在办', en: 'In hand' },
  work: { zh: '整改', en: 'Rectification' },
} as const satisfies { [name: string]: Text }
export type State = Exclude<keyof typeof defaults, Verb | 'kind'>
