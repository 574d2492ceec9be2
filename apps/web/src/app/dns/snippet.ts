/** Something ready to be pasted: where it goes is said by its name, what to mind by the words about it. */
export interface Snippet {
  id: string;
  name: string;
  about: string;
  text: string;
}
