import { Pipe, PipeTransform } from '@angular/core';

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

@Pipe({ name: 'bytes' })
export class BytesPipe implements PipeTransform {
  transform(value: number | null | undefined): string {
    if (value === null || value === undefined || !Number.isFinite(value)) return '–';
    let rest = value;
    let unit = 0;
    while (Math.abs(rest) >= 1024 && unit < units.length - 1) {
      rest /= 1024;
      unit += 1;
    }
    return `${unit === 0 || rest >= 100 ? Math.round(rest) : Math.round(rest * 10) / 10} ${units[unit]}`;
  }
}
