import { City } from './city.js';
import { serversOfRun } from './servers.js';
import { simulationStory } from './simulation.story.js';

simulationStory(City.raiseOn(serversOfRun()), 10);
