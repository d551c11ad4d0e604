import { City } from './city.js';
import { importStory } from './import.story.js';
import { serversOfRun } from './servers.js';

importStory(City.raiseOn(serversOfRun()), 14);
