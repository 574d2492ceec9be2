import { EventEmitter } from 'node:events';
import { Injectable } from '@nestjs/common';

/** Tells the rest of this process that a session was closed here. */
@Injectable()
export class SessionEndings extends EventEmitter<{ ended: [sessionId: string] }> {}
