import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { MayBeAbsent } from '../../http/may-be-absent';

/** A reverse zone that is wanted. */
export class AddZone {
  @ApiProperty({ maxLength: 50, example: '2001:db8:100::/48' })
  @IsString()
  @MaxLength(50)
  cidr!: string;

  @ApiPropertyOptional({
    maxLength: 254,
    example: '0/26.2.0.192.in-addr.arpa.',
    description: 'Where the parent leads by RFC 2317; only for subnets that end within a label.',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(254)
  name?: string;
}
