import { notFound } from '@lxdm/domain';
import { Injectable, PipeTransform } from '@nestjs/common';

/** An id of a path: what is no UUID names nothing, which looks like a thing that is not there. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) throw notFound('thing');
    return value.toLowerCase();
  }
}
