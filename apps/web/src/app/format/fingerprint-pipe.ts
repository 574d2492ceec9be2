import { Pipe, PipeTransform } from '@angular/core';

/** A SHA-256 in groups of four, so that two people can compare it aloud. Anything else stays as it is. */
@Pipe({ name: 'fingerprint' })
export class FingerprintPipe implements PipeTransform {
  transform(value: string | null | undefined): string {
    if (!value) return '';
    const hex = value.replaceAll(':', '').toLowerCase();
    return /^[0-9a-f]{64}$/.test(hex) ? (hex.match(/.{4}/g) ?? []).join(' ') : value;
  }
}
