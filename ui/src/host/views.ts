/** What crosses between the shell and the window: the shapes generated from Rust, under the names the screens use. */
import type { Client } from './types/Client';

export type { Amount } from './types/Amount';
export type { Alternative } from './types/Alternative';
export type { Attorney } from './types/Attorney';
export type { Card } from './types/Card';
export type { CardStatus } from './types/CardStatus';
export type { CaseResult } from './types/CaseResult';
export type { Client } from './types/Client';
export type { ClientRow } from './types/ClientRow';
export type { Clinic } from './types/Clinic';
export type { Contact } from './types/Contact';
export type { Count } from './types/Count';
export type { Create } from './types/Create';
export type { Created } from './types/Created';
export type { Elections } from './types/Elections';
export type { Finding } from './types/Finding';
export type { Language as Lang } from './types/Language';
export type { LineRef } from './types/LineRef';
export type { Member } from './types/Member';
export type { Name } from './types/Name';
export type { PacketView } from './types/PacketView';
export type { PaperView } from './types/PaperView';
export type { Printed } from './types/Printed';
export type { QuestionView as Question } from './types/QuestionView';
export type { ReasonView } from './types/ReasonView';
export type { Record as ClientRecord } from './types/Record';
export type { Recover } from './types/Recover';
export type { Results } from './types/Results';
export type { RowStatus } from './types/RowStatus';
export type { Saved } from './types/Saved';
export type { Sentence } from './types/Sentence';
export type { Session } from './types/Session';
export type { Sheet } from './types/Sheet';
export type { SheetFlag } from './types/SheetFlag';
export type { SheetLine } from './types/SheetLine';
export type { Step } from './types/Step';
export type { Text } from './types/Text';
export type { Unlock } from './types/Unlock';
export type { Verification } from './types/Verification';

/** Names a client in every command. */
export type ClientId = Client['id'];
