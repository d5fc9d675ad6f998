// A small campaign to try whole kinds on: each unit lists matters, and is done when they are settled.
import { defineCampaign, open, type CommandSpec, type DateSpec, type Instance, type Kind } from '@duban/engine'
import { z } from 'zod'
import { startPlay, type Play } from './player.ts'
import { smallPlan } from './plan.ts'

const title = { zh: '排查', en: 'Check' }
export const roles = {
  lead: { title: { zh: '领导', en: 'Lead' }, scope: 'campaign' },
  office: { title: { zh: '办公室', en: 'Office' }, scope: 'campaign' },
  expert: { title: { zh: '专家', en: 'Expert' }, scope: 'campaign' },
  verifier: { title: { zh: '初验人', en: 'Verifier' }, scope: 'unit' },
  reporter: { title: { zh: '经办人', en: 'Reporter' }, scope: 'unit' },
} as const
type Role = keyof typeof roles
export const people = {
  'wang@bureau': ['lead'],
  'ma@bureau': ['office'],
  'qin@bureau': ['expert'],
  'xu@bureau': ['expert'],
  'bai@north': ['verifier@north', 'reporter@north'],
  'chen@north': ['reporter@north'],
  'lu@north': ['verifier@north'],
}

export type Parts = {
  commands: { [name: string]: CommandSpec<Role> }
  dates: { [name: string]: DateSpec }
  kind: Kind
}

/** The campaign with one kind of matters, called `hazard`. */
export function mattersOf({ commands, dates, kind }: Parts) {
  return defineCampaign({
    id: 'matters',
    version: 1,
    title,
    roles,
    dates,
    commands: {
      'matters.list': {
        title,
        by: ['office'],
        payload: z.strictObject({
          matters: z.array(z.strictObject({ title: z.string(), handler: z.string(), dueOn: z.iso.date() })),
        }),
      },
      // Every role has something to do, whatever the matter asks of it.
      'note.take': { title, by: Object.keys(roles) as Role[], payload: z.strictObject({}) },
      ...commands,
    },
    machines: ({ machine }) => ({
      campaign: machine().createMachine({
        meta: { title },
        initial: 'running',
        states: {
          running: {
            meta: { title },
            entry: open('unit'),
            on: { 'every.unit.done': 'over', 'note.take': {} },
          },
          over: { meta: { title }, type: 'final' },
        },
      }),
      unit: machine().createMachine({
        meta: { title },
        initial: 'working',
        states: {
          working: {
            meta: { title: { zh: '排查中', en: 'Working' } },
            on: {
              'matters.list': {
                target: 'mending',
                actions: open('hazard', { each: 'payload.matters' }),
              },
            },
          },
          mending: {
            meta: { title: { zh: '整改中', en: 'Mending' } },
            on: { 'every.hazard.settled': 'done' },
          },
          done: { meta: { title: { zh: '完成', en: 'Done' } }, type: 'final', tags: 'done' },
        },
      }),
      hazard: kind,
    }),
  })
}

// A property plays it a hundred times; it is loaded once.
const made = new WeakMap<Parts, ReturnType<typeof mattersOf>>()
function loaded(parts: Parts) {
  const definition = made.get(parts) ?? mattersOf(parts)
  made.set(parts, definition)
  return definition
}

/** A play in which the north has one matter since 20 April, 9 o'clock; `hazard()` is how it stands. */
export function found(parts: Parts, dueOn = '2026-05-15') {
  const play: Play = startPlay(loaded(parts), smallPlan(people))
  play.goTo('2026-04-20 09:00')
  const listed = { matters: [{ title: '消防通道堵塞', handler: 'lu', dueOn }] }
  play.say('ma', 'matters.list', play.unit('north'), listed)
  const hazard = (): Instance => {
    const [only] = play.children(play.unit('north'), 'hazard')
    if (!only) throw new Error('one matter was listed')
    return only
  }
  const say = (person: string, verb: string, payload: object) =>
    play.say(person, /^(?:delay|pressure)\./u.test(verb) ? verb : `hazard.${verb}`, hazard(), payload as never)
  return { play, hazard, say, state: () => play.state(hazard()) }
}

export const result = { result: '已清理' }
export const opinion = { opinion: '属实' }
export const reason = { reason: '未到位' }
