import { linkedSlug } from '#domain/alert/linked-slug.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { solutionTitle } from '#domain/solution.ts';
import type { Candidate, SearchFilter } from '#ports/solution-search.ts';
import type { Core } from './core.ts';

interface Link {
  readonly workspace: WorkspaceId;
  /** Where the rule of an alert says that the runbook is. */
  readonly url: string | null;
  readonly filter: SearchFilter;
}

/** So many are asked for by a title, of which the right one is the first unless another has the same. */
const alike = 5;

/** Candidates with the solution that an alert's rule links to among them, as similar as can be. */
export function createFindLinked({ unitOfWork, search }: Pick<Core, 'unitOfWork' | 'search'>) {
  return async (found: readonly Candidate[], link: Link): Promise<readonly Candidate[]> => {
    const { workspace, url, filter } = link;
    if (url === null) return found;
    const linked = await unitOfWork.within(workspace, async ({ solutions }) => {
      const slug = linkedSlug(
        url,
        (await solutions.slugs()).map((one) => one.slug),
      );
      return slug === undefined ? undefined : solutions.named(slug);
    });
    if (linked === undefined) return found;
    const isLinked = ({ solution }: Candidate) => solution.id === linked.id;
    // By the search, so that what may not be seen or is out of force stays where it is.
    const [own] = found.some(isLinked)
      ? found.filter(isLinked)
      : (await search.find({ workspace, text: solutionTitle(linked), limit: alike, filter })).filter(
          isLinked,
        );
    if (own === undefined) return found;
    const raised = { ...own, similarity: 1, reasons: { ...own.reasons, linked: true } };
    return [raised, ...found.filter((one) => !isLinked(one))];
  };
}
