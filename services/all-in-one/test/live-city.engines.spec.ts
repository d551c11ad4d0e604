// The stories that are told within one process, on servers: every service keeps its log there, and its events go
// through Kafka.
import { gasAlarmStory } from './gas-alarm.story.js';
import { heatLadderStory } from './heat-ladder.story.js';
import { hostileInputStory } from './hostile-input.story.js';
import { limitsByPlaceAndCompanyStory } from './limits-by-place-and-company.story.js';
import { LiveCity, raisePlatform } from './live-city.js';
import { priorityCustomerStory } from './priority-customer.story.js';
import { serversOfRun } from './servers.js';
import { whoSeesWhatStory } from './who-sees-what.story.js';

const servers = serversOfRun();
const raise = LiveCity.raiseOn(servers);

describe('gas alarm', () => gasAlarmStory(raise));
describe('heat ladder', () => heatLadderStory(raise));
describe('hostile input', () =>
  hostileInputStory((options) => raisePlatform({ ...options, servers })));
describe('limits by place and company', () => limitsByPlaceAndCompanyStory(raise));
describe('priority customer', () => priorityCustomerStory(raise));
describe('who sees what', () => whoSeesWhatStory(raise));
