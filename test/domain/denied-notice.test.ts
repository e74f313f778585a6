import { describe, expect, it } from 'vitest';
import { deniedNotice } from '#domain/wording/notices.ts';

const person = (name: string, externalId = `id of ${name}`) => ({ name, externalId });
const unknown = (id: string) => person(id, id);
const said = (...approvers: Parameters<typeof deniedNotice>[1]) =>
  deniedNotice({ kind: 'needs-role', role: 'approver' }, approvers).summary;

describe('who can decide instead', () => {
  it('are named, ten at most', () => {
    expect(said(person('Ada'), person('Ben'))).toContain('These people can: Ada, Ben.');
    const many = Array.from({ length: 12 }, (_, n) => person(`p${n}`));
    expect(said(...many)).toMatch(/: p0, .*, p9 and 2 more\.$/);
  });

  it('are counted where only an id is known of them', () => {
    expect(said(person('Ada'), unknown('700000000000000015'))).toContain('These people can: Ada and 1 more.');
    expect(said(unknown('700000000000000015'))).toContain('One person can, who has not written here yet.');
    expect(said(unknown('U1'), unknown('U2'))).toContain('2 people can, who have not written here yet.');
  });

  it('are asked for where there is nobody', () => {
    expect(said()).toContain('Nobody here can yet');
  });
});
