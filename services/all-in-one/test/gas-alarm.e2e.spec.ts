import { gasAlarmStory } from './gas-alarm.story.js';
import { LiveCity } from './live-city.js';

gasAlarmStory(LiveCity.raise);
