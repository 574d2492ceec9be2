/** Only a path of this console: a link to /sign-in?returnUrl=//elsewhere must not lead away. */
export function safeReturnUrl(url: string | undefined): string {
  return url !== undefined && /^\/(?![/\\])/.test(url) && !/^\/(sign-in|waiting)(?![\w-])/.test(url) ? url : '/';
}
