import { notFound } from '@lxdm/domain';
import { Injectable, PipeTransform } from '@nestjs/common';
import { zoneNameOf } from './zone-name';

/** A zone's name of a path, in the one spelling under which it is stored: what is no name looks like a zone that is not there. */
@Injectable()
export class ZoneNamePipe implements PipeTransform<string, string> {
  transform(value: string): string {
    const name = zoneNameOf(value);
    if (name === undefined) throw notFound('zone');
    return name;
  }
}
