import { catalogue, demoOrganisation } from '@duban/definitions'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { Db } from '../database/open.ts'
import type { Scheduler } from '../deadlines/scheduler.ts'
import type { Api } from '../http/context.ts'
import { ProblemError } from '../http/problem.ts'
import { sign } from '../http/token.ts'
import { personById } from '../organisation/people.ts'
import type { DemoClock } from './clock.ts'
import type { Keys } from './keys.ts'
import { planBody } from './plan.ts'

const DAY = 86_400
const duration = z.iso.duration().describe('ISO 8601, for example P10D or PT1H')

const clockBody = z.union([
  z.strictObject({
    now: z.iso.datetime({ offset: true }).describe('the instant to set'),
    running: z.boolean().optional().describe('whether it goes on from there; as before when absent'),
  }),
  z.strictObject({ advance: duration, running: z.boolean().optional() }),
])

/** Months in seconds, and anybody you like: for trying it out. Refused in production. */
export function demoRoutes(db: Db, clock: DemoClock, keys: Keys, scheduler: Scheduler) {
  return async (fastify: FastifyInstance): Promise<void> => {
    const app = fastify as Api
    app.get(
      '/people',
      { schema: { tags: ['demo'], summary: 'Who can sign in, and the duties they would have' } },
      async () => ({
        items: demoOrganisation.people.map((person) => ({
          ...person,
          duties: dutiesOf(person.id),
        })),
      }),
    )
    app.get('/units', { schema: { tags: ['demo'], summary: 'The demo organisation' } }, async () => ({
      items: demoOrganisation.units,
    }))

    app.get(
      '/plans',
      {
        schema: {
          tags: ['demo'],
          summary: 'A plan for each campaign: sign in as `organiser`, and post `body` to /api/campaigns',
        },
      },
      async () => ({
        items: catalogue.map(({ definition, demo }) => ({
          organiser: demo.organiser,
          body: planBody(definition.id, demo),
        })),
      }),
    )

    app.post(
      '/sign-in',
      {
        schema: {
          tags: ['demo'],
          summary: 'A token for a person',
          body: z.strictObject({ person: z.string().max(128) }),
        },
      },
      async ({ body: { person } }) => {
        const known = await personById(db, person)
        if (!known) throw new ProblemError('unknown_person', { rule: person })
        return {
          token: await sign(keys.privateKey, person, 30 * DAY),
          person: known.id,
          name: known.name,
        }
      },
    )

    app.get('/clock', { schema: { tags: ['demo'], summary: 'What time it is' } }, async () => shown(clock))
    app.put(
      '/clock',
      {
        schema: {
          tags: ['demo'],
          summary: 'Set or advance the clock; answers when everything that fell due has been taken',
          body: clockBody,
        },
      },
      async ({ body }) => {
        const now = 'now' in body ? new Date(body.now).toISOString() : later(clock.now(), body.advance)
        await clock.set(now, body.running ?? clock.running())
        await scheduler.catchUp()
        return shown(clock)
      },
    )
  }
}

function dutiesOf(id: string): { definition: string; role: string; unit?: string }[] {
  return catalogue.flatMap(({ definition, demo }) =>
    demo.duties
      .filter(({ person }) => person === id)
      .map(({ role, unit }) => ({
        definition: definition.id,
        role,
        ...(unit !== undefined && { unit }),
      })),
  )
}

function later(now: string, advance: string): string {
  return Temporal.Instant.from(now)
    .toZonedDateTimeISO('UTC')
    .add(Temporal.Duration.from(advance))
    .toInstant()
    .toString({ fractionalSecondDigits: 3 })
}

function shown(clock: DemoClock): { now: string; running: boolean } {
  return { now: clock.now(), running: clock.running() }
}
