import { Name } from '../name';
import { MAX_LABEL, MAX_NAME } from '../name';
import { fail } from './field-encoders';

/** Reads RDATA field by field; what is too short or lies about its length is refused. */
export class RdataReader {
  private at = 0;

  constructor(private readonly rdata: Uint8Array) {}

  get done(): boolean {
    return this.at >= this.rdata.length;
  }

  take(length: number): Buffer {
    const { at, rdata } = this;
    if (at + length > rdata.length) fail(`the data is too short: ${rdata.length} octets`);
    this.at += length;
    return Buffer.from(rdata.subarray(at, at + length));
  }

  rest(): Buffer {
    return this.take(this.rdata.length - this.at);
  }

  uint(octets: 1 | 2 | 4): number {
    return this.take(octets).readUIntBE(0, octets);
  }

  characterString(): Buffer {
    return this.take(this.uint(1));
  }

  /** An uncompressed name (RFC 3597 §4: types that are not well known carry no compression). */
  name(): Name {
    const labels: Buffer[] = [];
    let octets = 1;
    for (let length = this.uint(1); length > 0; length = this.uint(1)) {
      octets += 1 + length;
      if (length > MAX_LABEL || octets > MAX_NAME) fail('the data holds no sound name');
      labels.push(this.take(length));
    }
    return Name.fromLabels(labels);
  }

  /** Nothing may be left over. */
  end(): void {
    if (!this.done) fail(`the data has ${this.rdata.length - this.at} octets too many`);
  }
}
