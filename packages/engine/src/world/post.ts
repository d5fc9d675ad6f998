import { compare, type Letter, type Stage } from './stage.ts'

/** A message goes into its inbox, which is in the order in which messages are read. */
export function post(stage: Stage, to: string, letter: Letter): void {
  const node = stage.nodes.get(to)
  if (!node) return
  const before = node.inbox.findLastIndex((one) => inOrder(one, letter) <= 0)
  node.inbox.splice(before + 1, 0, letter)
  stage.posts.push({ at: letter.at, depth: node.depth, id: to })
}

function inOrder(a: Letter, b: Letter): number {
  return (
    compare(a.at, b.at) || compare(a.cause.instance, b.cause.instance) || a.cause.version - b.cause.version || a.n - b.n
  )
}
