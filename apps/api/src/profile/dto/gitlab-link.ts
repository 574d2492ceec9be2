import { ApiProperty } from '@nestjs/swagger';

/** The GitLab account that belongs to you. */
export class GitlabLink {
  @ApiProperty() issuer!: string;
  @ApiProperty({ description: "The user's number there." }) gitlabId!: string;
  @ApiProperty() username!: string;
  @ApiProperty({ enum: ['active', 'blocked', 'gone'] }) state!: 'active' | 'blocked' | 'gone';
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) syncedAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why GitLab could not be asked the last time.' })
  syncError!: string | null;
}
