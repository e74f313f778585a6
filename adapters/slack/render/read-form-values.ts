import type { FormValues } from '#domain/reply.ts';

/** The `action_id` of every input: its block tells which field it is. */
export const valueName = 'value';

/** The part of `view.state` of a submission that our forms use. */
export interface ViewState {
  readonly values: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly value?: string | null | undefined;
            readonly selected_option?: { readonly value?: string | undefined } | null | undefined;
          }
        >
      >
    >
  >;
}

/** What a person gave, by field name; empty where they gave nothing. */
export function readFormValues(state: ViewState): FormValues {
  const entries = Object.entries(state.values).map(([name, block]) => {
    const given = block[valueName];
    return [name, given?.value ?? given?.selected_option?.value ?? ''] as const;
  });
  return Object.fromEntries(entries);
}
