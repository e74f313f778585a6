import type { Form, FormValues } from '#domain/reply.ts';

/** What a form is filled in with: what was entered before, and a host that was named, in the first field that offers it. */
export function fillIn({ fields }: Form, entered: FormValues, host: string | undefined): FormValues {
  const field = fields.find((one) => one.kind === 'choice' && one.options.some((option) => option === host));
  return field && host !== undefined ? { [field.name]: host, ...entered } : entered;
}
