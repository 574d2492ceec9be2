import { ChangeListener } from '@lxdm/entities';
import { Module } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { SessionModule } from '../session/session.module';
import { ChangeReader } from './change-reader';
import { EventHub } from './event-hub';
import { EventsController } from './events.controller';
import { ViewerRefresh } from './viewer-refresh';

/** Live changes. */
@Module({
  imports: [SessionModule],
  controllers: [EventsController],
  providers: [
    EventHub,
    ChangeReader,
    ViewerRefresh,
    {
      provide: ChangeListener,
      useFactory: (settings: ApiSettings) => new ChangeListener(settings.databaseUrl, 'lxdm-api-listener'),
      inject: [API_SETTINGS],
    },
  ],
})
export class EventsModule {}
