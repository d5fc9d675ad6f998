import type { Asker, BuiltInRole } from '@duban/engine'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Db } from '../database/open.ts'
import { personById } from '../organisation/people.ts'
import { ProblemError } from './problem.ts'
import type { Verify } from './token.ts'

/** Who calls: known by a token, enrolled in the organisation. */
export type Caller = Asker & { name: string }

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller
  }
}

/** Puts the caller on each request below it. Routes that anyone may call are registered outside. */
export const caller = fp(async (app: FastifyInstance, { db, verify }: { db: Db; verify: Verify }) => {
  app.decorateRequest('caller', null as never)
  app.addHook('onRequest', async (request) => {
    request.caller = await identify(request, db, verify)
  })
})

async function identify(request: FastifyRequest, db: Db, verify: Verify): Promise<Caller> {
  const token = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) throw new ProblemError('unauthenticated')
  const { person, roles } = await verify(token)
  const known = await personById(db, person)
  // An administrator by token needs no entry: somebody must bring in the first people.
  if (!known && !roles.includes('administrator')) throw new ProblemError('not_enrolled', { rule: person })
  return {
    person,
    name: known?.name ?? person,
    home: known?.home ?? [],
    builtIn: [...new Set([...(known?.roles ?? []), ...roles])] as BuiltInRole[],
  }
}

/** @throws {ProblemError} `forbidden` unless the caller holds one of the roles */
export function requireRole({ builtIn }: Caller, ...roles: BuiltInRole[]): void {
  if (!roles.some((role) => builtIn.includes(role))) {
    throw new ProblemError('forbidden', { rule: roles.join(' | ') })
  }
}
