/** A string that only its own kind of id may stand in for; the brand exists for the compiler alone. */
type Id<Kind extends string> = string & { readonly __id: Kind };

export type WorkspaceId = Id<'workspace'>;
export type PersonId = Id<'person'>;
export type IncidentId = Id<'incident'>;
export type SolutionId = Id<'solution'>;
export type VersionId = Id<'version'>;
export type RecommendationId = Id<'recommendation'>;
export type RunId = Id<'run'>;
export type StepId = Id<'step'>;
export type HostId = Id<'host'>;
export type PostId = Id<'post'>;
export type AlertIncidentId = Id<'alert-incident'>;
export type TicketRequestId = Id<'ticket-request'>;

export type AnyId =
  | WorkspaceId
  | PersonId
  | IncidentId
  | SolutionId
  | VersionId
  | RecommendationId
  | RunId
  | StepId
  | HostId
  | PostId
  | AlertIncidentId
  | TicketRequestId;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** When an id was made, in milliseconds since 1970: a UUIDv7 begins with them. Undefined for another one. */
export function timeOfId(id: string): number | undefined {
  const digits = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i.exec(id);
  return digits === null ? undefined : Number.parseInt(`${digits[1]}${digits[2]}`, 16);
}

/** Reads an id that came from outside (a button, a form, a command line); undefined when it is no UUID. */
export function readId<T extends AnyId>(text: string): T | undefined {
  return uuid.test(text) ? (text as T) : undefined;
}
