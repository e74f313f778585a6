import type { RankedAnswer, RatedSolution } from '#application/rank-solutions.ts';
import { solutionOwner, solutionTitle } from '#domain/solution.ts';

/** The answer as scripts read it: times are ISO 8601, shares 0…1; `alternativeOf` and `check` only where there are some. */
export function answerAsJson(question: string, { ranked, closest, context }: RankedAnswer): object {
  return {
    question,
    context,
    solutions: ranked.map((one, index) => ({
      ...solutionAsJson(one, index + 1),
      ...(one.alternativeOf === null ? {} : { alternativeOf: one.alternativeOf }),
      ...(one.check === null ? {} : { check: one.check }),
    })),
    closest: closest.map((one, index) => solutionAsJson(one, index + 1)),
  };
}

function solutionAsJson({ solution, rate, ...score }: RatedSolution, rank: number): object {
  return {
    rank,
    kind: solution.content.kind,
    slug: solution.slug,
    title: solutionTitle(solution),
    version: solution.version,
    owner: solutionOwner(solution),
    origin: solution.origin,
    updatedAt: new Date(solution.updatedAt).toISOString(),
    confidence: score.confidence,
    similarity: score.similarity,
    success: score.success,
    context: score.context,
    why: score.why,
    reasons: score.reasons,
    parts: score.parts,
    worked: rate?.worked ?? 0,
    tried: rate?.tried ?? 0,
    lastWorkedAt: rate?.lastWorkedAt ? new Date(rate.lastWorkedAt).toISOString() : null,
  };
}
