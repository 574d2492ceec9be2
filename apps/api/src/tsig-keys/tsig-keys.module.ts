import { Module } from '@nestjs/common';
import { TsigKeysController } from './tsig-keys.controller';
import { TsigKeysService } from './tsig-keys.service';

/** Secrets shared with clients of the name server. */
@Module({ controllers: [TsigKeysController], providers: [TsigKeysService] })
export class TsigKeysModule {}
