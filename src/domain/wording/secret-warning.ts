/** What whoever wrote a runbook reads about a line that holds a secret. */
export const secretWarning =
  'this looks like a secret: it is masked when the runbook is loaded, and a step that holds it is not proposed; store it with recourse secret set runbooks/NAME and name it in the step (docs/secrets.md)';
