import type { PersonId } from '#domain/ids.ts';
import type { Speaker } from '#domain/intent.ts';
import type { Person, Role } from '#domain/person.ts';
import type { RoleBinding } from '#domain/role-in-force.ts';

/**
 * People, each with the role in force: from what they were given, the bindings, and their standing and groups as of
 * the last meeting. Bindings of a channel count where that channel is named.
 */
export interface PeopleStore {
  /** The speaker, with name, standing and groups refreshed. Somebody new may look on unless a binding says more. */
  meet(speaker: Speaker, channel: string): Promise<Person>;
  /** The role in force of the speaker as they are seen now. Nothing is kept. */
  roleOf(speaker: Speaker, channel: string): Promise<Role>;
  /** Refreshes name, standing and groups of somebody who is known; of anybody else nothing is kept. */
  refresh(speaker: Speaker): Promise<void>;
  find(id: PersonId, channel?: string): Promise<Person | undefined>;
  /** Whether somebody with this platform id was met or given a role. */
  knows(externalId: string): Promise<boolean>;
  /** Somebody who was met, is no program, and is told when a case of theirs helped; undefined for anybody else. */
  thankable(externalId: string): Promise<Pick<Person, 'id' | 'externalId' | 'name'> | undefined>;
  /** Whether this person is told when a case of theirs helped. */
  setThanks(id: PersonId, isOn: boolean): Promise<void>;
  /** What those of these people are called who were met, by their platform ids. */
  names(externalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those of these people who were met or given a role, as they were last seen, by their platform ids. */
  met(externalIds: readonly string[]): Promise<ReadonlyMap<string, Pick<Person, 'name' | 'standing'>>>;
  /** Whether anybody who was met is in this group of the platform. */
  knowsGroup(externalId: string): Promise<boolean>;
  /** Gives a role to a person known or not yet known; `name` is for who is not. */
  setRole(externalId: string, name: string, role: Role): Promise<void>;
  /** Everybody whose role in force is at least this, by name. */
  withRole(atLeast: Role, channel?: string): Promise<readonly Person[]>;
  bindings(): Promise<readonly RoleBinding[]>;
  /** Binds a group or a channel to a role, in place of the one before. */
  bind(binding: RoleBinding): Promise<void>;
  /** Takes a binding away; false when there was none. */
  unbind(binding: Pick<RoleBinding, 'kind' | 'externalId'>): Promise<boolean>;
}
