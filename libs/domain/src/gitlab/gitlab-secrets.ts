/** The place for which a token of a GitLab account is sealed: whoever writes it and whoever opens it must say the same. */
export function gitlabTokenPlace(
  accountId: string,
  which: 'access' | 'refresh',
): { table: string; column: string; row: string } {
  return { table: 'gitlab_accounts', column: `${which}_token_sealed`, row: accountId };
}
