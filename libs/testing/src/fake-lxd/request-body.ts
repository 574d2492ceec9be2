import { LxdRefusal } from './lxd-refusal';

/** The JSON object of a request, read field by field with LXD's leniency: what is missing is empty. */
export class RequestBody {
  private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  static parse(bytes: Buffer): RequestBody {
    if (bytes.length === 0) return new RequestBody({});
    try {
      return RequestBody.of(JSON.parse(bytes.toString('utf8')));
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new LxdRefusal(400, `invalid character in JSON: ${cause.name}`);
      throw cause;
    }
  }

  static of(value: unknown): RequestBody {
    return new RequestBody(typeof value === 'object' && value !== null ? { ...value } : {});
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  text(name: string): string {
    const value = this.fields[name];
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number | undefined {
    const value = this.fields[name];
    return typeof value === 'number' ? value : undefined;
  }

  flag(name: string): boolean {
    return this.fields[name] === true;
  }

  child(name: string): RequestBody {
    return RequestBody.of(this.fields[name]);
  }

  list(name: string): string[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  }

  /** Text values only: LXD refuses numbers and objects in config. */
  texts(name: string): Record<string, string> {
    const entries = Object.entries(this.child(name).fields);
    const bad = entries.find(([, value]) => typeof value !== 'string' && value !== null);
    if (bad !== undefined)
      throw new LxdRefusal(400, `json: cannot unmarshal value of "${bad[0]}" into Go value of type string`);
    return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value : '']));
  }

  maps(name: string): Record<string, Record<string, string>> {
    const child = this.child(name);
    return Object.fromEntries(Object.keys(child.fields).map((key) => [key, child.texts(key)]));
  }
}
